// silta-kiosk: what shoppers touch. Reads the catalogue, asks silta-edge, draws the screen.
#include "core/log.h"
#include "core/service_manager.h"
#include "drivers/scanner_factory.h"
#include "scan/chain_config.h"
#include "view/control_server.h"
#include "view/gallery.h"
#include "view/language_switch.h"
#include "view/picture_provider.h"
#include "view/pointer_watch.h"
#include "view/scan_bridge.h"

#include <silta/crypto.h>

#include <malloc.h>

#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLibraryInfo>
#include <QLoggingCategory>
#include <QQmlApplicationEngine>
#include <QQmlComponent>
#include <QQmlExtensionPlugin>
#include <QQuickStyle>
#include <QScreen>
#include <QTimer>

Q_IMPORT_QML_PLUGIN(Silta_KioskPlugin)

namespace {

using namespace silta;
using namespace silta::kiosk;

constexpr int kIdleSecondsMin = 2 * kIdleWarningSeconds; // some quiet before the warning
constexpr int kIdleSecondsMax = 3'600;

struct Arguments {
    QString edgeSocket, control, gallery, keepFrames;
    ChainCodes codes;
    QStringList scanners, languages;
    QSize windowed;
    int idleSeconds = kIdleSecondsDefault;
    bool selfTest = false;
};

Result<Arguments> readArguments(const QCoreApplication& app) {
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("The shopper's screen of a Silta device."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({{"edge", "Unix socket of silta-edge.", "socket", "/run/silta/kiosk.sock"},
                       {"scanner", "A barcode scanner; may be given several times.", "spec"},
                       {"codes", "How the codes of this chain look: a TOML file.", "file"},
                       {"keep-frames", "Keep pictures over which the decoder dies here.", "folder"},
                       {"windowed", "A window of this size instead of the whole screen.", "WxH"},
                       {"lang", "The store's language: en, fi, sv, pl. With --gallery several.", "code"},
                       {"idle-seconds", "Forget the shopper after so many seconds.", "N",
                        QString::number(kIdleSecondsDefault)},
                       {"gallery", "Write a picture of every page into this folder and end.", "folder"},
                       {"control", "Take test commands on this Unix socket.", "socket"},
                       {"self-test", "Load every page and end."}});
    parser.process(app);
    Arguments arguments;
    arguments.edgeSocket = parser.value("edge");
    arguments.control = parser.value("control");
    arguments.gallery = parser.value("gallery");
    arguments.keepFrames = parser.value("keep-frames");
    arguments.scanners = parser.values("scanner");
    arguments.selfTest = parser.isSet("self-test");
    if (parser.isSet("codes")) {
        auto codes = loadChainCodes(parser.value("codes").toStdString());
        if (!codes) return codes.error();
        arguments.codes = std::move(*codes);
    }
    for (const QString& language : parser.values("lang")) {
        if (!KioskController::languages().contains(language))
            return Error{Errc::Invalid, "read --lang: not one of en, fi, sv, pl"};
        arguments.languages.append(language);
    }
    if (arguments.languages.isEmpty()) arguments.languages.append(QStringLiteral("en"));
    if (parser.isSet("windowed")) {
        const QStringList sides = parser.value("windowed").split(QLatin1Char('x'));
        if (sides.size() == 2) arguments.windowed = QSize(sides[0].toInt(), sides[1].toInt());
        if (arguments.windowed.isEmpty())
            return Error{Errc::Invalid, "read --windowed: not a size such as 1080x1920"};
    }
    bool isNumber = false;
    arguments.idleSeconds = parser.value("idle-seconds").toInt(&isNumber);
    if (!isNumber || arguments.idleSeconds < kIdleSecondsMin || arguments.idleSeconds > kIdleSecondsMax)
        return Error{Errc::Invalid, "read --idle-seconds: not from 20 to 3600"};
    return arguments;
}

/// Where the virtual keyboard's QML module is, the kiosk brings a keyboard; elsewhere it works with a real
/// one. Must run before the application object is made. Returns the panel's address, or nothing.
QUrl useVirtualKeyboard() {
    const bool isThere = QFileInfo::exists(QLibraryInfo::path(QLibraryInfo::PluginsPath) +
                                           "/platforminputcontexts/libqtvirtualkeyboardplugin.so") &&
                         QFileInfo::exists(QLibraryInfo::path(QLibraryInfo::QmlImportsPath) +
                                           "/QtQuick/VirtualKeyboard/qmldir");
    if (!isThere) return {};
    if (!qEnvironmentVariableIsSet("QT_IM_MODULE")) qputenv("QT_IM_MODULE", "qtvirtualkeyboard");
    if (qgetenv("QT_IM_MODULE") != "qtvirtualkeyboard") return {};
    qputenv("QT_VIRTUALKEYBOARD_DESKTOP_DISABLE", "1"); // no second panel in a window of its own
    return QUrl(QStringLiteral("qrc:/qt/qml/Silta/Kiosk/KeyboardPanel.qml"));
}

/// Inter where it is installed, Noto for what it lacks.
void useFonts(QGuiApplication& app) {
    QFont font;
    font.setFamilies({QStringLiteral("Inter"), QStringLiteral("Noto Sans")});
    font.setHintingPreference(QFont::PreferNoHinting);
    app.setFont(font);
    QFont::insertSubstitutions(QStringLiteral("Inter Display"), font.families());
}

constexpr int kTidyAfterMs = 1'500;      // the pages have faded out
constexpr int kArenas = 2;               // screen and pictures; more hold more that nobody uses
constexpr int kMapFromBytes = 128 << 10; // pictures of products are larger
constexpr int kTrimFromBytes = 512 << 10;

/// A kiosk is up for weeks and draws pictures of all sizes. As it comes, the allocator keeps an arena a
/// thread and what pictures leave behind in it: 25 MB more after minutes of use. Large blocks come from the
/// system and go back to it at once. Before the first thread.
void limitAllocator() {
    ::mallopt(M_ARENA_MAX, kArenas);
    ::mallopt(M_MMAP_THRESHOLD, kMapFromBytes);
    ::mallopt(M_TRIM_THRESHOLD, kTrimFromBytes);
}

/// Loads each page once; a warning of the QML engine fails the test.
int selfTest(KioskController& controller, QQmlApplicationEngine& engine, const QStringList& warnings) {
    const QDir folder(QStringLiteral(":/qt/qml/Silta/Kiosk"));
    int failed = 0;
    for (const QString& file : folder.entryList({QStringLiteral("*.qml")})) {
        if (file == QLatin1String("KeyboardPanel.qml")) continue; // its module may be absent
        QQmlComponent component(&engine, QUrl(QStringLiteral("qrc") + folder.filePath(file)));
        if (component.isError()) {
            ++failed;
            log::error("kiosk", "self-test {}", component.errorString().toStdString());
        }
    }
    for (const auto show :
         {&KioskController::openHome, &KioskController::openSearch, &KioskController::openWishlist,
          &KioskController::openJoin, &KioskController::openFindOrder, &KioskController::openReturn,
          &KioskController::openStaff, &KioskController::resetSession}) {
        (controller.*show)();
        QCoreApplication::processEvents();
    }
    for (const QString& warning : warnings)
        log::error("kiosk", "self-test {}", warning.toStdString());
    return failed + static_cast<int>(warnings.size()) == 0 ? 0 : 1;
}

int run(QGuiApplication& app, const Arguments& arguments, const QUrl& keyboardPanel) {
    const ServiceManager manager;
    SystemClock clock;
    SystemRandom random;
    ThreadJobQueue catalogQueue(QStringLiteral("catalog"));
    ThreadJobQueue edgeQueue(QStringLiteral("edge"));
    CatalogService catalog(catalogQueue, &CatalogReader::open);
    EdgeService edge(edgeQueue, makeCurlTransport(), arguments.edgeSocket.toStdString());

    LanguageSwitch languages;
    auto engine = std::make_unique<QQmlApplicationEngine>();
    auto* pictures = new PictureProvider; // the engine owns it
    engine->addImageProvider(QStringLiteral("picture"), pictures);
    engine->addImportPath(QStringLiteral(":/qt/qml"));
    QStringList warnings;
    QObject::connect(engine.get(), &QQmlEngine::warnings, &app, [&warnings](const QList<QQmlError>& errors) {
        for (const QQmlError& error : errors)
            warnings.append(error.toString());
    });

    KioskController::Options options;
    options.language = arguments.languages.first();
    options.idleSeconds = arguments.idleSeconds;
    options.codes = arguments.codes;
    options.useLanguage = [&](const QString& language) {
        languages.use(language);
        QGuiApplication::setLayoutDirection(localeOf(language).textDirection());
        engine->retranslate();
    };
    options.restart = [] { QCoreApplication::exit(0); }; // its service starts it anew
    options.useMedia = [pictures](const QString& folder) { pictures->setFolder(folder); };
    KioskController controller({catalog, edge, clock, random}, options);
    app.installEventFilter(controller.idle());
    // What the last shopper's pages left free, once they are gone and before the next shopper comes.
    QObject::connect(&controller, &KioskController::pageChanged, &app, [&controller] {
        if (controller.page() == KioskController::Attract)
            QTimer::singleShot(kTidyAfterMs, [] { ::malloc_trim(0); });
    });
    PointerWatch pointer([](bool isSeen) {
        if (isSeen)
            QGuiApplication::restoreOverrideCursor();
        else
            QGuiApplication::setOverrideCursor(Qt::BlankCursor);
    });
    app.installEventFilter(&pointer);

    // First no more answers, then no more pages, then what the pages read from.
    const auto end = [&](int code) {
        catalogQueue.stop();
        edgeQueue.stop();
        engine.reset();
        return code;
    };

    engine->setInitialProperties({{"controller", QVariant::fromValue(&controller)}});
    engine->load(QUrl(QStringLiteral("qrc:/qt/qml/Silta/Kiosk/Main.qml")));
    auto* window = engine->rootObjects().isEmpty()
                       ? nullptr
                       : qobject_cast<QQuickWindow*>(engine->rootObjects().first());
    if (window == nullptr) {
        log::error("kiosk", "main window not loaded");
        return end(1);
    }
    if (arguments.windowed.isValid()) {
        window->resize(arguments.windowed);
        window->show();
    } else {
        // Under X it is the window manager who makes a window full-screen. A kiosk that has none gets here
        // what it would be given; a window of no size draws no frame.
        window->setGeometry(window->screen()->geometry());
        window->showFullScreen();
    }

    // Up is what has drawn; alive is a thread of the screen that comes round to its events. The keyboard's
    // module takes a quarter of the start to load, and nobody types before there is a screen.
    QObject::connect(
        window, &QQuickWindow::frameSwapped, window,
        [&manager, window, keyboardPanel] {
            manager.tellReady();
            window->setProperty("keyboardPanel", keyboardPanel);
        },
        static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection));
    QTimer heartbeat;
    QObject::connect(&heartbeat, &QTimer::timeout, &app, [&manager] { manager.tellAlive(); });
    if (manager.heartbeat().count() > 0) heartbeat.start(manager.heartbeat());

    if (arguments.selfTest) return end(selfTest(controller, *engine, warnings));

    ScanBridge bridge;
    QObject::connect(&bridge, &ScanBridge::scanned, &controller, &KioskController::scan);
    QObject::connect(&bridge, &ScanBridge::changed, controller.staff(), &StaffView::setScanner);
    for (const QString& spec : arguments.scanners) {
        auto scanner = drivers::makeScanner(spec.toStdString(), arguments.keepFrames.toStdString());
        const auto added = scanner ? bridge.add(std::move(*scanner)) : Result<void>(scanner.error());
        // The screen is of use without a scanner, so a missing one is told and lived with.
        if (!added)
            log::error("kiosk", "scanner not started spec={} cause={}", spec.toStdString(),
                       added.error().what);
    }

    std::unique_ptr<ControlServer> control;
    if (!arguments.control.isEmpty()) {
        control = std::make_unique<ControlServer>(controller, *window);
        const auto listening = control->listen(arguments.control);
        if (!listening) {
            log::error("kiosk", "control socket failed cause={}", listening.error().what);
            return end(1);
        }
    }
    std::unique_ptr<Gallery> gallery;
    if (!arguments.gallery.isEmpty()) {
        QObject::connect(&controller, &KioskController::pageChanged, &app, [&] {
            if (gallery || !controller.catalogReady()) return;
            gallery = std::make_unique<Gallery>(controller, *window, arguments.gallery, arguments.languages);
            QObject::connect(gallery.get(), &Gallery::finished, &app,
                             [](int failed) { QCoreApplication::exit(failed == 0 ? 0 : 1); });
            QTimer::singleShot(0, gallery.get(), &Gallery::start);
        });
    }
    controller.start();
    return end(QGuiApplication::exec());
}

} // namespace

int main(int argc, char** argv) {
    silta::hardenProcess();
    limitAllocator();
    const QUrl keyboardPanel = useVirtualKeyboard();
    // Qt 6.4 asks GStreamer first, whose plugins for cameras Debian does not install with it.
    if (!qEnvironmentVariableIsSet("QT_MEDIA_BACKEND")) qputenv("QT_MEDIA_BACKEND", "ffmpeg");
    QGuiApplication app(argc, argv);
    QGuiApplication::setApplicationName(QStringLiteral("silta-kiosk"));
    QGuiApplication::setApplicationVersion(QStringLiteral("0.1.0"));
    QQuickStyle::setStyle(QStringLiteral("Basic"));
    // Dictionaries would complete words; a kiosk has none, and says so once a language otherwise.
    QLoggingCategory::setFilterRules(QStringLiteral("qt.virtualkeyboard.hunspell.warning=false"));
    useFonts(app);
    const auto arguments = readArguments(app);
    if (!arguments) {
        silta::log::error("kiosk", "{}", arguments.error().what);
        return 2;
    }
    return run(app, *arguments, keyboardPanel);
}
