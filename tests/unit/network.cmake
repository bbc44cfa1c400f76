silta_add_test(tst_network_config SOURCES unit/tst_network_config.cpp LIBS silta::network)
silta_add_test(tst_network_files SOURCES unit/tst_network_files.cpp LIBS silta::network)
