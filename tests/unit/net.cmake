silta_add_test(tst_crypto SOURCES unit/tst_crypto.cpp LIBS silta::net)
silta_add_test(tst_compression SOURCES unit/tst_compression.cpp LIBS silta::net)
silta_add_test(tst_http SOURCES unit/tst_http.cpp LIBS silta::net Qt6::Network)
silta_add_test(tst_unix_transport SOURCES unit/tst_unix_transport.cpp LIBS silta::http_server)
