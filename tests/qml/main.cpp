// Runs tst_*.qml against the real pages and a controller whose device is played by the test.
#include "support/kiosk_stage.h"
#include "view/language_switch.h"
#include "view/picture_provider.h"

#include <QQmlEngine>
#include <QQmlExtensionPlugin>
#include <QQuickStyle>
#include <QtQuickTest>

Q_IMPORT_QML_PLUGIN(Silta_KioskPlugin)

/// What QML tests steer: the stage behind the pages.
class Stage : public QObject {
    Q_OBJECT
    Q_PROPERTY(silta::kiosk::KioskController* controller READ controller CONSTANT)

public:
    silta::kiosk::KioskController* controller() { return &stage_.controller; }
    /// Runs every job and answer that is due.
    Q_INVOKABLE void settle() { stage_.settle(); }
    Q_INVOKABLE void open() { stage_.open(); }
    Q_INVOKABLE void scan(const QString& code) { stage_.scan(code.toStdString()); }
    Q_INVOKABLE void cutEdge(bool cut) {
        stage_.edge->reachable = !cut;
        stage_.poll();
    }
    Q_INVOKABLE void passSeconds(int seconds) {
        stage_.clock.steady += seconds * 1000;
        stage_.controller.idle()->tick();
    }

private:
    silta::test::KioskStage stage_;
};

class Setup : public QObject {
    Q_OBJECT

public slots:
    void applicationAvailable() { QQuickStyle::setStyle(QStringLiteral("Basic")); }
    void qmlEngineAvailable(QQmlEngine* engine) {
        engine->addImportPath(QStringLiteral(":/qt/qml"));
        engine->addImageProvider(QStringLiteral("picture"), new silta::kiosk::PictureProvider);
        qmlRegisterSingletonInstance("Silta.Test", 1, 0, "Stage", &stage_);
    }

private:
    Stage stage_;
};

QUICK_TEST_MAIN_WITH_SETUP(kiosk, Setup)
#include "main.moc"
