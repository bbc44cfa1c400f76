foreach(name till till_edge_orders till_edge_tokens till_field till_orders till_receipts till_tokens)
  silta_add_test(tst_${name} SOURCES unit/tst_${name}.cpp support/html_reader.cpp LIBS silta::till silta::net)
endforeach()
silta_add_test(tst_till_certificate SOURCES unit/tst_till_certificate.cpp LIBS silta::till silta::certificate silta::net)
