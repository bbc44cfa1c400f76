silta_add_test(tst_database SOURCES unit/tst_database.cpp LIBS silta::store)
