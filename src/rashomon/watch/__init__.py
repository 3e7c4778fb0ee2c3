"""Feeds that are followed: polled politely, their entries read into the store, and whoever asked for it alerted.

parsing     bytes → a feed and its entries, or the feeds that an OPML list names
polling     what an answer of a server means for a feed: pure, no clock, no socket
watching    the loop: what is due is asked for, entries become pages, alerts go out
alerts      which versions of verdicts and which claims a rule is for: pure
sending     an alert to the terminal, a webhook, a mailbox, a feed file
ticker      the newest headlines, new disputes marked
"""
