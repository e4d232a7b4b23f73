"""Files beside the records: what trackers and spreadsheets say."""
