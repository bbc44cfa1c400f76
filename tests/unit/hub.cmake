foreach(name feed_tsv feed_items feed_stores feed_reviews feed_picture importer publisher)
  silta_add_test(tst_${name} SOURCES unit/tst_${name}.cpp LIBS silta::hub_catalog silta::net)
endforeach()
# PostgreSQL of the tests' own; the hub must behave the same on both stores.
foreach(name operation_store lease_registry guest_registry)
  silta_add_test(tst_${name} SOURCES unit/tst_${name}.cpp support/postgres_server.cpp LIBS silta::hub silta::scan)
endforeach()
silta_add_test(tst_sms_sender SOURCES unit/tst_sms_sender.cpp LIBS silta::hub)
silta_add_test(tst_wishlist_page SOURCES unit/tst_wishlist_page.cpp LIBS silta::hub)
silta_add_test(tst_push_admission SOURCES unit/tst_push_admission.cpp LIBS silta::hub)
silta_add_test(tst_catalog_check SOURCES unit/tst_catalog_check.cpp LIBS silta::hub_catalog silta::sync silta::net)
pkg_check_modules(OPENSSL REQUIRED IMPORTED_TARGET openssl)
silta_add_test(tst_hub_time SOURCES unit/tst_hub_time.cpp support/certificates.cpp
  LIBS silta::hub silta::sync PkgConfig::OPENSSL)
