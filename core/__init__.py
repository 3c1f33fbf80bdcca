"""The rules and the store of shoplink, independent of any user interface."""
