silta_add_test(tst_portal_words SOURCES unit/tst_portal_words.cpp LIBS silta::portal)
