"""Papers: an edition's facts composed to documents, in a sandbox, and proven to be all there."""
