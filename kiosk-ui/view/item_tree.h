// What a person would see and touch in a window: used by the test seam and the gallery.
#pragma once

#include <silta/result.h>

#include <QQuickItem>
#include <QQuickWindow>
#include <QStringList>

namespace silta::kiosk {

/// Every text that is visible, top to bottom as the items are stacked.
QStringList visibleTexts(QQuickItem* root);
/// The first visible item with this objectName.
QQuickItem* findVisible(QQuickItem* root, const QString& objectName);
/// Scrolls the item into view and presses it in the middle. Errors: NotFound (no such item), Denied
/// (disabled, or something else lies over it).
Result<void> tapItem(QQuickWindow* window, const QString& objectName);
/// Focuses the item and types. Errors: NotFound, Denied.
Result<void> typeInto(QQuickWindow* window, const QString& objectName, const QString& text);
/// True while any picture is on its way.
bool picturesLoading(QQuickItem* root);

} // namespace silta::kiosk
