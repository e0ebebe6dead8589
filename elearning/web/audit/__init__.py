"""The audit log for who audits: what was done and when, as keys and never as names."""
