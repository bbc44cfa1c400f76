#include "view/job_queue.h"

namespace silta::kiosk {

ThreadJobQueue::ThreadJobQueue(const QString& name) : worker_(new QObject) {
    thread_.setObjectName(name);
    worker_->moveToThread(&thread_);
    QObject::connect(&thread_, &QThread::finished, worker_, &QObject::deleteLater);
    thread_.start();
}

ThreadJobQueue::~ThreadJobQueue() {
    stop();
}

void ThreadJobQueue::stop() {
    thread_.quit();
    thread_.wait();
}

void ThreadJobQueue::post(Job job) {
    if (!thread_.isRunning()) return;
    QMetaObject::invokeMethod(worker_, std::move(job), Qt::QueuedConnection);
}

} // namespace silta::kiosk
