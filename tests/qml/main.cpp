// Runs tst_*.qml against the real pages and a controller whose device is played by the test.
#include "support/kiosk_stage.h"
#include "view/language_switch.h"
#include "view/picture_provider.h"

#include <QAccessible>
#include <QGuiApplication>
#include <QImage>
#include <QMetaEnum>
#include <QPointer>
#include <QQmlEngine>
#include <QQmlExtensionPlugin>
#include <QQuickItem>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QtQuickTest>
#include <optional>

Q_IMPORT_QML_PLUGIN(Silta_KioskPlugin)

/// What QML tests steer: the stage behind the pages.
class Stage : public QObject {
    Q_OBJECT
    Q_PROPERTY(silta::kiosk::KioskController* controller READ controller CONSTANT)
    /// Of a screen whose device has not answered since it was switched on.
    Q_PROPERTY(silta::kiosk::KioskController* lostController READ lostController CONSTANT)

public:
    silta::kiosk::KioskController* controller() { return &stage_.controller; }
    silta::kiosk::KioskController* lostController() { return &lost_.controller; }
    void setEngine(QQmlEngine* engine) {
        engine_ = engine;
        languages_.emplace();
        useLanguage(stage_.controller.language());
        lost_.edge->reachable = false;
        lost_.clock.steady += silta::kiosk::kEdgeLostMs + 1;
        lost_.poll(); // answers come by the application's events, so not before there is one
    }
    /// Before the application goes.
    void dropEngine() { languages_.reset(); }
    /// Runs every job and answer that is due.
    Q_INVOKABLE void settle() {
        stage_.settle();
        layOut();
    }
    Q_INVOKABLE void open() {
        stage_.open();
        layOut();
    }
    Q_INVOKABLE void scan(const QString& code) {
        stage_.scan(code.toStdString());
        layOut();
    }
    Q_INVOKABLE void cutEdge(bool cut) {
        stage_.edge->reachable = !cut;
        stage_.poll();
    }
    Q_INVOKABLE void forgetPins() { stage_.edge->wrongPins = 0; }
    Q_INVOKABLE void setWifiState(const QString& state) { stage_.edge->wifi["state"] = state.toStdString(); }
    /// The status of every POST from now on; 0 = it is taken.
    Q_INVOKABLE void refuse(int status) { stage_.edge->refusal = status; }
    /// What becomes of every order from now on: its state, and whether the device promises it by itself.
    Q_INVOKABLE void setOrders(const QString& state, bool kept) {
        stage_.edge->orders.clear();
        stage_.edge->orderState = state.toStdString();
        stage_.edge->keepsOrders = kept;
    }
    /// Of all orders that were placed.
    Q_INVOKABLE void changeOrders(const QString& state) {
        for (auto& [id, order] : stage_.edge->orders)
            order["state"] = state.toStdString();
    }
    Q_INVOKABLE void loseAnswers(bool lost) { stage_.edge->losesAnswer = lost; }
    /// What of the window assistive technology could not tell a person: a control without a name, without a
    /// role, or with nothing that it can be asked to do. Reads the tree that AT-SPI is given.
    Q_INVOKABLE QStringList untold(QQuickWindow* window) {
        QAccessible::setActive(true);
        QStringList found;
        int controls = 0;
        if (auto* root = QAccessible::queryAccessibleInterface(window); root != nullptr)
            walk(root, found, controls);
        if (controls == 0) found.append(QStringLiteral("no controls at all"));
        return found;
    }
    /// Of the day that it is, in the store.
    Q_INVOKABLE void setHour(int hour) {
        constexpr silta::UtcMs kMidnight = 1'789'938'000'000; // 21 September 2026 in Helsinki
        stage_.clock.now = kMidnight + hour * silta::UtcMs{3'600'000};
        stage_.controller.store()->refreshTimes();
    }
    Q_INVOKABLE void passSeconds(int seconds) {
        stage_.clock.steady += seconds * 1000;
        stage_.controller.idle()->tick();
        stage_.controller.orderView()->tick();
    }

private:
    static void walk(QAccessibleInterface* node, QStringList& found, int& controls) {
        if (!node->isValid() || node->state().invisible) return;
        const auto role = node->role();
        const QString name = node->text(QAccessible::Name).trimmed();
        const auto where = [&] {
            return (node->object() != nullptr ? node->object()->objectName() : QString()) + QLatin1Char(' ') +
                   QString::fromLatin1(QMetaEnum::fromType<QAccessible::Role>().valueToKey(role));
        };
        const bool isPressed = role == QAccessible::Button || role == QAccessible::CheckBox ||
                               role == QAccessible::RadioButton || role == QAccessible::Link;
        const bool isTyped = role == QAccessible::EditableText;
        if (isPressed || isTyped || role == QAccessible::Slider) {
            ++controls;
            if (name.isEmpty()) found.append(where() + QStringLiteral(" has no name"));
            if (isPressed &&
                (node->actionInterface() == nullptr || node->actionInterface()->actionNames().isEmpty()))
                found.append(where() + QStringLiteral(" cannot be pressed"));
        }
        if ((role == QAccessible::Heading || role == QAccessible::StaticText ||
             role == QAccessible::Graphic) &&
            name.isEmpty())
            found.append(where() + QStringLiteral(" has no words"));
        // What takes a finger or the focus and has no role is invisible to whoever does not see it.
        const auto* item = qobject_cast<QQuickItem*>(node->object());
        if (item != nullptr && item->isEnabled() && item->activeFocusOnTab() && role == QAccessible::NoRole)
            found.append(where() + QStringLiteral(" has no role"));
        for (int i = 0; i < node->childCount(); ++i)
            if (auto* child = node->child(i); child != nullptr) walk(child, found, controls);
    }
    /// Items stand where they will be seen only after a frame.
    static void layOut() {
        for (QWindow* window : QGuiApplication::topLevelWindows())
            if (auto* quick = qobject_cast<QQuickWindow*>(window); quick != nullptr && quick->isVisible())
                quick->grabWindow();
    }
    void useLanguage(const QString& language) {
        if (!languages_ || engine_ == nullptr) return;
        languages_->use(language);
        engine_->retranslate();
    }

    std::optional<silta::kiosk::LanguageSwitch> languages_;
    QPointer<QQmlEngine> engine_;
    silta::test::KioskStage stage_{true, {}, [this](const QString& language) { useLanguage(language); }};
    silta::test::KioskStage lost_{true, {}, [this](const QString& language) { useLanguage(language); }};
};

class Setup : public QObject {
    Q_OBJECT

public slots:
    void applicationAvailable() { QQuickStyle::setStyle(QStringLiteral("Basic")); }
    void qmlEngineAvailable(QQmlEngine* engine) {
        engine->addImportPath(QStringLiteral(":/qt/qml"));
        engine->addImageProvider(QStringLiteral("picture"), new silta::kiosk::PictureProvider);
        stage_.setEngine(engine);
        qmlRegisterSingletonInstance("Silta.Test", 1, 0, "Stage", &stage_);
    }

    void cleanupTestCase() { stage_.dropEngine(); }

private:
    Stage stage_;
};

QUICK_TEST_MAIN_WITH_SETUP(kiosk, Setup)
#include "main.moc"
