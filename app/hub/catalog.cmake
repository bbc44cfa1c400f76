find_package(EXPAT 2.5 REQUIRED)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)

# Feeds in, catalogue files out: everything of the hub that needs no network.
add_library(silta_hub_catalog STATIC
  catalog_store.cpp
  cmd_import.cpp
  digest_maker.cpp
  feed_difference.cpp
  feed_hours.cpp
  feed_items.cpp
  feed_reviews.cpp
  feed_row.cpp
  feed_source.cpp
  feed_stage.cpp
  feed_staging.cpp
  feed_stores.cpp
  feed_stores_json.cpp
  feed_tsv.cpp
  feed_xml.cpp
  importer.cpp
  media_store.cpp
  publisher.cpp)
add_library(silta::hub_catalog ALIAS silta_hub_catalog)
target_link_libraries(silta_hub_catalog
  PUBLIC silta::core silta::store silta::catalog
  PRIVATE silta::net EXPAT::EXPAT PkgConfig::ZSTD silta_warnings)
