#include "view/item_tree.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <algorithm>

namespace silta::kiosk {

namespace {

constexpr qreal kSeenOpacity = 0.05;

bool isSeen(const QQuickItem* item) {
    return item->isVisible() && item->opacity() > kSeenOpacity;
}

void collectTexts(QQuickItem* item, QStringList& texts) {
    if (!isSeen(item)) return;
    const QVariant text = item->property("text");
    // Buttons carry the same text as the label inside them; only what draws itself is read.
    if (text.typeId() == QMetaType::QString && item->inherits("QQuickText") && !text.toString().isEmpty())
        texts.append(text.toString());
    if (item->inherits("QQuickTextInput") && !text.toString().isEmpty()) texts.append(text.toString());
    for (QQuickItem* child : item->childItems())
        collectTexts(child, texts);
}

/// Moves every flickable around the item so that its middle lies inside.
void scrollTo(QQuickItem* item) {
    for (QQuickItem* outer = item->parentItem(); outer != nullptr; outer = outer->parentItem()) {
        if (!outer->inherits("QQuickFlickable")) continue;
        const QPointF middle = item->mapToItem(outer, {item->width() / 2, item->height() / 2});
        const auto shift = [outer](const char* position, const char* extent, qreal at, qreal size) {
            if (at >= 0 && at <= size) return;
            const qreal most = std::max<qreal>(0, outer->property(extent).toReal() - size);
            outer->setProperty(
                position, std::clamp<qreal>(outer->property(position).toReal() + at - size / 2, 0, most));
        };
        shift("contentX", "contentWidth", middle.x(), outer->width());
        shift("contentY", "contentHeight", middle.y(), outer->height());
    }
}

void sendMouse(QQuickWindow* window, QEvent::Type type, const QPointF& at) {
    const bool pressed = type == QEvent::MouseButtonPress;
    QMouseEvent event(type, at, window->mapToGlobal(at), Qt::LeftButton,
                      pressed ? Qt::LeftButton : Qt::NoButton, Qt::NoModifier);
    QCoreApplication::sendEvent(window, &event);
}

/// Before the first frame of a page its positioners have not placed anything: what stands side by side lies
/// on one another.
void placeAll(QQuickItem* item) {
    if (item->parentItem() != nullptr) placeAll(item->parentItem());
    item->ensurePolished();
}

Result<QQuickItem*> reach(QQuickWindow* window, const QString& objectName) {
    QQuickItem* item = findVisible(window->contentItem(), objectName);
    if (item == nullptr) return Error{Errc::NotFound, "tap: no such item is visible"};
    if (!item->isEnabled()) return Error{Errc::Denied, "tap: the item is disabled"};
    placeAll(item);
    scrollTo(item);
    return item;
}

} // namespace

QStringList visibleTexts(QQuickItem* root) {
    QStringList texts;
    collectTexts(root, texts);
    return texts;
}

QQuickItem* findVisible(QQuickItem* root, const QString& objectName) {
    if (!isSeen(root)) return nullptr;
    if (root->objectName() == objectName) return root;
    for (QQuickItem* child : root->childItems())
        if (QQuickItem* found = findVisible(child, objectName)) return found;
    return nullptr;
}

Result<void> tapItem(QQuickWindow* window, const QString& objectName) {
    const auto item = reach(window, objectName);
    if (!item) return item.error();
    const QPointF at = (*item)->mapToScene({(*item)->width() / 2, (*item)->height() / 2});
    if (!QRectF(QPointF(), QSizeF(window->size())).contains(at))
        return Error{Errc::Denied, "tap: the item is outside the window"};
    sendMouse(window, QEvent::MouseButtonPress, at);
    sendMouse(window, QEvent::MouseButtonRelease, at);
    return {};
}

Result<void> typeInto(QQuickWindow* window, const QString& objectName, const QString& text) {
    const auto item = reach(window, objectName);
    if (!item) return item.error();
    (*item)->forceActiveFocus();
    for (const QChar c : text) {
        for (const auto type : {QEvent::KeyPress, QEvent::KeyRelease}) {
            QKeyEvent event(type, Qt::Key_unknown, Qt::NoModifier, QString(c));
            QCoreApplication::sendEvent(window, &event);
        }
    }
    return {};
}

bool picturesLoading(QQuickItem* root) {
    if (!isSeen(root)) return false;
    constexpr int kLoading = 2; // QQuickImageBase::Loading, which is not public
    if (root->inherits("QQuickImageBase") && root->property("status").toInt() == kLoading) return true;
    const auto children = root->childItems();
    return std::any_of(children.begin(), children.end(), picturesLoading);
}

} // namespace silta::kiosk
