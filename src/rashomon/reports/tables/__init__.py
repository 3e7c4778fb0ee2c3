"""What the reports know, as tables: tab-separated rows, each with an example that is a test."""
