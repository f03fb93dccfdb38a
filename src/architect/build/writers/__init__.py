"""Writers of shared files; adding a file adds the writer."""
