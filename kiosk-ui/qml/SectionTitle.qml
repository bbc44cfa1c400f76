pragma ComponentBehavior: Bound

import QtQuick

DisplayText {
    lineHeight: Theme.leadingTight * 1.06
    size: Theme.textHeadline
}
