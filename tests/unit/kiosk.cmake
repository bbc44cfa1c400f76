silta_add_test(tst_kiosk_session SOURCES unit/tst_kiosk_session.cpp LIBS silta::kiosk Qt6::Gui)
silta_add_test(tst_kiosk_views SOURCES unit/tst_kiosk_views.cpp LIBS silta::kiosk Qt6::Gui)
silta_add_test(tst_order_form SOURCES unit/tst_order_form.cpp LIBS silta::kiosk Qt6::Gui)
silta_add_test(tst_order_view SOURCES unit/tst_order_view.cpp LIBS silta::kiosk Qt6::Gui ZXing::ZXing)
silta_add_test(tst_showcase SOURCES unit/tst_showcase.cpp LIBS silta::kiosk Qt6::Gui)
silta_add_test(tst_sign_up_form SOURCES unit/tst_sign_up_form.cpp LIBS silta::kiosk Qt6::Gui)
silta_add_test(tst_staff_view SOURCES unit/tst_staff_view.cpp LIBS silta::kiosk Qt6::Gui)
silta_add_test(tst_wifi_view SOURCES unit/tst_wifi_view.cpp LIBS silta::kiosk Qt6::Gui)

# The program itself: every page loads and says nothing, in both shapes of a window.
foreach(size 1080x1920 1920x1080)
  add_test(NAME kiosk_self_test_${size} COMMAND silta-kiosk --self-test --windowed ${size})
  set_tests_properties(kiosk_self_test_${size} PROPERTIES TIMEOUT 120 LABELS screen
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QT_QUICK_BACKEND=software;LC_ALL=C.UTF-8")
endforeach()
