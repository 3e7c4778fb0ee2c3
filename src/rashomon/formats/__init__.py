"""What the store holds in other programs' forms: one small file a form, each a pure function of a report."""
