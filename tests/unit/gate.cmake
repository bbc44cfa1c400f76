silta_add_test(tst_guest_table SOURCES unit/tst_guest_table.cpp LIBS silta::gate)
