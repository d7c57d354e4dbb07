"""Mail: the finished PDF to everybody on a list, once each, with a ledger of what became of every mail."""
