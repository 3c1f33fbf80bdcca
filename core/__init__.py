"""The rules and the store of shoplink. Knows no screen, no terminal and no command line; imports only `data`."""
