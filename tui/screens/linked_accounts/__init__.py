"""Linked TikTok Accounts: the two tabs, Official Account and Marketing Accounts."""
