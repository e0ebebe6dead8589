"""Storage, services, content and command line together; on SQLite and on PostgreSQL."""
