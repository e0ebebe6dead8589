"""First response: an e-learning on receiving a disclosure well."""
