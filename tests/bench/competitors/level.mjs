// Ends with 0 where the native part of y-leveldb loads.
import 'y-leveldb'
