// JobQueue: where work that may wait for a disk or a socket is done, so that the GUI thread never does.
#pragma once

#include <QThread>
#include <functional>

namespace silta::kiosk {

/// Runs jobs one after the other, in order.
class JobQueue {
public:
    using Job = std::function<void()>;
    virtual ~JobQueue() = default;
    /// Thread: any.
    virtual void post(Job job) = 0;
};

/// One thread of its own. The destructor waits for the job that runs and drops those that have not started.
class ThreadJobQueue final : public JobQueue {
public:
    explicit ThreadJobQueue(const QString& name);
    ~ThreadJobQueue() override;
    void post(Job job) override;
    /// Idempotent; after it, posted jobs are dropped.
    void stop();

private:
    QThread thread_;
    QObject* worker_; ///< lives on `thread_`, which deletes it
};

/// Hands `reply(value)` to the thread of `receiver`. The receiver must outlive the queue's thread.
template <class Value, class Reply>
void replyTo(QObject* receiver, Reply reply, Value value) {
    QMetaObject::invokeMethod(
        receiver, [reply = std::move(reply), value = std::move(value)]() mutable { reply(std::move(value)); },
        Qt::QueuedConnection);
}

} // namespace silta::kiosk
