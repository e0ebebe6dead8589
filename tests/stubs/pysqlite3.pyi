# Python's own sqlite3 with another SQLite.
import sqlite3

dbapi2 = sqlite3
