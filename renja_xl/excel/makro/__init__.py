"""What the ribbon's buttons and the workbook's events call, each through ``RunPython``: one module per group of the ribbon.

An entry point reads the open workbook, calls the core, writes the difference, and tells the planner in one message box.
Nothing leaves it: a refusal is told in its own sentence, anything unexpected in one sentence with the details in a log
file. Heavy imports stay inside: without its server, every call starts a process.

A new button is two things: a public function here, ``def f(..., book: xw.Book | None = None) -> None`` whose work goes through
``dasar.jalankan``, and a ``<button>`` in its group of ``workbook/ribbon/customUI14.xml``. Its ``onAction`` says what is asked
first: ``PitaJalankan`` nothing, ``PitaTanya`` a text, ``PitaPastikan`` a yes, ``PitaBerkas`` a file; a text or the file's path
is the function's one argument. Its ``tag`` holds ``group.function|question|*.xlsx;*.xlsm``, the last two where something is
asked. No VBA is written. README (``python -m tests.readme``) and Panduan list the button, tests press it.
"""
