foreach(name till till_edge_orders till_edge_tokens till_field till_invite till_orders till_order_troubles till_receipts till_tokens)
  silta_add_test(tst_${name} SOURCES unit/tst_${name}.cpp support/html_reader.cpp LIBS silta::till silta::net)
endforeach()
silta_add_test(tst_till_certificate SOURCES unit/tst_till_certificate.cpp LIBS silta::till silta::certificate silta::net)
silta_add_test(tst_till_print SOURCES unit/tst_till_print.cpp support/receipt_paper.cpp
  LIBS silta::till silta::net silta::drivers_printer ZXing::ZXing Qt6::Gui fmt::fmt)
target_compile_definitions(tst_till_print PRIVATE SILTA_SCREENS="${PROJECT_BINARY_DIR}/screens/printer")
