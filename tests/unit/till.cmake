silta_add_test(tst_till SOURCES unit/tst_till.cpp support/html_reader.cpp LIBS silta::till silta::net)
silta_add_test(tst_till_certificate SOURCES unit/tst_till_certificate.cpp LIBS silta::till silta::certificate silta::net)
