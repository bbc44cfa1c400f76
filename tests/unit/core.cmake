silta_add_test(tst_gtin SOURCES unit/tst_gtin.cpp LIBS silta::core)
silta_add_test(tst_values SOURCES unit/tst_values.cpp LIBS silta::core)
silta_add_test(tst_json SOURCES unit/tst_json.cpp LIBS silta::core)
silta_add_test(tst_service_manager SOURCES unit/tst_service_manager.cpp LIBS silta::core Threads::Threads)
