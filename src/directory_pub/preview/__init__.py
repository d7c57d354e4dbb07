"""The book in a browser while it is written: what is shown is served by a process of its own, on this machine alone.

The process that builds tells it (``link.py``) of pages and findings; it draws pages as they are looked at, and says
where their words were written.
"""
