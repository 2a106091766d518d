"""Writers: a document in one format each, with everything escaped for its reader."""
