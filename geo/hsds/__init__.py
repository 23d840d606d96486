"""The open format HSDS 3.0, in and out; no judgement of what a service is worth."""
