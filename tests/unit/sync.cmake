silta_add_test(tst_operation SOURCES unit/tst_operation.cpp LIBS silta::sync)
silta_add_test(tst_journal SOURCES unit/tst_journal.cpp LIBS silta::sync)
silta_add_test(tst_protocol SOURCES unit/tst_protocol.cpp LIBS silta::sync)
silta_add_test(tst_staff_book SOURCES unit/tst_staff_book.cpp LIBS silta::sync)
