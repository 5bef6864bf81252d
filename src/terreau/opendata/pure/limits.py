"""How much an import takes in. Each bound is far above the files met (SOURCES: registers of 2019 to 2026)."""

MOST_BYTES = 300 * 1024 * 1024
"""The whole register of associations is 250 MB as CSV; a department of SIRENE is 60 MB."""
MOST_ROWS = 2_000_000
"""More than all the employers of the social economy with their associations (1.5 million)."""
MOST_COLUMNS = 500
"""The widest public file that holds organisations (SIRENE, geocoded) has 60."""
MOST_CELL = 20_000
"""Characters. data·inclusion, the most talkative, stops descriptions at 10 000."""
LARGEST_CSV_CELL = 12_000_000
"""What the CSV reader holds of one cell before giving up, so that a cell too long is told with its row."""
MOST_UNZIPPED = 800 * 1024 * 1024
MOST_RATIO = 250
"""A sheet of one repeated word compresses 120 times; bombs, a thousand."""
RATIO_FROM = 20 * 1024 * 1024
"""Bytes unzipped under which a ratio proves nothing."""
MOST_CELLS = 30_000_000
"""Cells of a sheet, empty ones too: workbooks are read into memory, about 50 bytes a cell."""
HEADER_WITHIN = 20
"""Rows among which the header is looked for; titles and notes come before it."""
SAMPLE = 200
"""Rows looked at to recognise columns."""
