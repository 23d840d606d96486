"""Raw lists of services and our judgements to the committed HSDS package."""
