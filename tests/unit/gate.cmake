silta_add_test(tst_guest_table SOURCES unit/tst_guest_table.cpp LIBS silta::gate)
silta_add_test(tst_gate_protocol SOURCES unit/tst_gate_protocol.cpp LIBS silta::gate)
silta_add_test(tst_gate_nft SOURCES unit/tst_gate_nft.cpp LIBS silta::gate)
silta_add_test(tst_gate_traffic SOURCES unit/tst_gate_traffic.cpp LIBS silta::gate)
silta_add_test(tst_gate_socket SOURCES unit/tst_gate_socket.cpp LIBS silta::gate)
add_dependencies(tst_gate_socket silta-gate)
# It measures rates; what else runs would show in them.
set_tests_properties(tst_gate_traffic PROPERTIES PROCESSORS 2)
