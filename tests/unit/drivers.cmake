silta_add_test(tst_line_framer SOURCES unit/tst_line_framer.cpp LIBS silta::drivers_parse)
silta_add_test(tst_sim_line SOURCES unit/tst_sim_line.cpp LIBS silta::drivers_parse)
silta_add_test(tst_wedge_decoder SOURCES unit/tst_wedge_decoder.cpp LIBS silta::drivers_parse)

find_package(ZXing REQUIRED)
find_package(Qt6 REQUIRED COMPONENTS Gui)
add_library(silta_test_barcodes STATIC support/barcode_images.cpp)
target_include_directories(silta_test_barcodes PUBLIC ${PROJECT_SOURCE_DIR}/tests ${PROJECT_SOURCE_DIR}
  ${PROJECT_SOURCE_DIR}/include)
target_link_libraries(silta_test_barcodes PRIVATE ZXing::ZXing Qt6::Gui)

silta_add_test(tst_picture_decoder SOURCES unit/tst_picture_decoder.cpp
  LIBS silta::drivers_decode silta::scan silta_test_barcodes)
silta_add_test(tst_decode_stages SOURCES unit/tst_decode_stages.cpp LIBS silta::drivers_decode silta::scan silta_test_barcodes)
silta_add_test(tst_image_file SOURCES unit/tst_image_file.cpp LIBS silta::drivers_image silta::core silta_test_barcodes Qt6::Gui)
silta_add_test(tst_barcode_corpus SOURCES unit/tst_barcode_corpus.cpp
  LIBS silta::drivers_decode silta::drivers_image silta::scan)
silta_add_test(tst_frame_stage SOURCES unit/tst_frame_stage.cpp LIBS silta::drivers silta_test_barcodes)
silta_add_test(tst_file_scanner SOURCES unit/tst_file_scanner.cpp LIBS silta::drivers silta_test_barcodes)
silta_add_test(tst_serial_scanner SOURCES unit/tst_serial_scanner.cpp LIBS silta::drivers)
silta_add_test(tst_evdev_scanner SOURCES unit/tst_evdev_scanner.cpp LIBS silta::drivers)
silta_add_test(tst_simulated_scanner SOURCES unit/tst_simulated_scanner.cpp LIBS silta::drivers)
silta_add_test(tst_scanner_factory SOURCES unit/tst_scanner_factory.cpp LIBS silta::drivers)
silta_add_test(tst_decode_worker SOURCES unit/tst_decode_worker.cpp LIBS silta::drivers silta_test_barcodes)
silta_add_test(tst_camera_stage SOURCES unit/tst_camera_stage.cpp LIBS silta::drivers silta_test_barcodes)
silta_add_test(tst_receipt_printer SOURCES unit/tst_receipt_printer.cpp support/receipt_paper.cpp
  LIBS silta::drivers_printer silta::core ZXing::ZXing Qt6::Gui Qt6::Network fmt::fmt util)
target_compile_definitions(tst_receipt_printer PRIVATE SILTA_SCREENS="${PROJECT_BINARY_DIR}/screens/printer")
