import {
  type InvalidateOptions,
  type InvalidateQueryFilters,
  type Query,
  QueryClient,
  type QueryKey,
} from '@tanstack/react-query'

/**
 * Rows that are kept up by events. A first answer that is on its way when its rows change may be from before the
 * change; TanStack Query then keeps to it (`Query.fetch` begins anew only where there was an answer before), and the
 * change would never show. Here the rows are asked for once more when that answer has come.
 */
export class LiveQueryClient extends QueryClient {
  readonly #asksAgain = new WeakSet<Query>()

  override async invalidateQueries<Key extends QueryKey = QueryKey>(
    filters?: InvalidateQueryFilters<Key>,
    options?: InvalidateOptions,
  ): Promise<void> {
    const firstOnes = this.getQueryCache()
      .findAll({ ...filters, fetchStatus: 'fetching' })
      .filter((query) => query.state.data === undefined && !this.#asksAgain.has(query))
    await Promise.all([
      super.invalidateQueries(filters, options),
      ...firstOnes.map((query) => this.#askAgain(query)),
    ])
  }

  async #askAgain(query: Query): Promise<void> {
    this.#asksAgain.add(query)
    // Whether it failed is shown where the rows are shown.
    await Promise.allSettled([query.promise])
    this.#asksAgain.delete(query)
    await super.invalidateQueries({ queryKey: query.queryKey, exact: true })
  }
}
