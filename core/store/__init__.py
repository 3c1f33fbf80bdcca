"""The workspace file: one SQLite database. The only place with SQL.

A rollback journal (DELETE) with synchronous EXTRA, not WAL: SQLite before 3.51.3 can corrupt a WAL shared by two
processes, a single file can be copied and mailed, and network disks forbid WAL. Every write begins with BEGIN IMMEDIATE.
"""
