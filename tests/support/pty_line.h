// A serial line with both ends in this process, which can be unplugged.
#pragma once

#include <silta/fd.h>

#include <fcntl.h>
#include <stdlib.h> // NOLINT(modernize-deprecated-headers,hicpp-deprecated-headers): posix_openpt()
#include <termios.h>
#include <unistd.h>

#include <QFile>
#include <QString>
#include <array>
#include <string>

namespace silta::test {

/// The link to it stays when the line is replaced, as udev's names do. Raw: bytes pass unchanged. No child
/// inherits an end, or the line would not hang up when it is unplugged.
class PtyLine {
public:
    explicit PtyLine(QString link) : link_(std::move(link)) { plugIn(); }
    ~PtyLine() { unplug(); }
    PtyLine(const PtyLine&) = delete;
    PtyLine& operator=(const PtyLine&) = delete;

    void plugIn() {
        master_ = Fd(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
        std::array<char, 128> name{};
        if (!master_.isOpen() || ::grantpt(master_.get()) != 0 || ::unlockpt(master_.get()) != 0 ||
            ::ptsname_r(master_.get(), name.data(), name.size()) != 0)
            qFatal("no pty");
        // Held open, so that what is sent waits there until somebody has opened it.
        slave_ = Fd(::open(name.data(), O_RDWR | O_NOCTTY | O_CLOEXEC));
        termios raw{};
        if (::tcgetattr(slave_.get(), &raw) != 0) qFatal("no terminal line");
        ::cfmakeraw(&raw);
        if (::tcsetattr(slave_.get(), TCSANOW, &raw) != 0) qFatal("line is not raw");
        QFile::remove(link_);
        if (!QFile::link(QString::fromLatin1(name.data()), link_)) qFatal("no link to the pty");
    }
    void unplug() {
        QFile::remove(link_);
        slave_.reset();
        master_.reset();
    }
    void send(const std::string& bytes) const {
        if (::write(master_.get(), bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
            qFatal("short write");
    }

private:
    QString link_;
    Fd master_, slave_;
};

} // namespace silta::test
