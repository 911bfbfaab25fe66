/** Something that keeps the server from starting, said in one clear line: logged, then exit code 1. */
export class StartError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'StartError'
  }
}
