// Vietnamese: Help, the written text of each screen. Each topic is a list of sections, shown in this order.

export const help = {
  help: {
    title: 'Trợ giúp',
    topics: 'Chủ đề',
    back: 'Trở lại',
    topic: {
      line: 'Chuyền',
      lots: 'Lô',
      'set-up': 'Lô mới',
      devices: 'Thiết bị',
      sync: 'Đồng bộ và kiểm toán',
      settings: 'Cài đặt',
      'sign-in': 'Đăng nhập',
      'first-run': 'Lần chạy đầu',
      signs: 'Màu và hình',
      keys: 'Phím',
      scanner: 'Máy quét',
    },
    text: {
      line: {
        work: {
          title: 'Chạy bo mạch',
          text: 'Lắp bo mạch: khe của nó tự bắt đầu. Lấy ra khi ô xanh. Xanh nghĩa là danh tính đã kiểm tra trực tiếp, chốt đã đọc lại và bản ghi đã lên ổ đĩa.',
        },
        locking: {
          title: 'Không tháo ra',
          text: 'Khi ô hiện ổ khóa, để yên bo mạch. Nếu nó đã rời ra, lắp lại đúng bo đó: nó tiếp tục từ chỗ cũ.',
        },
        queue: {
          title: 'Bo mạch cần bạn',
          text: 'Ô đỏ và ô vàng gọi người. Danh sách cạnh các khe nói từng bo có chuyện gì và cần làm gì. Việc gấp nhất ở trên cùng. F10 đến bo tiếp theo.',
        },
        card: {
          title: 'Mỗi phiếu có một nút',
          text: 'Làm theo câu, rồi nhấn nút. Lựa chọn ít dùng nằm sau ba chấm. Phiếu không có nút thì chờ bo mạch.',
        },
        out: {
          title: 'Lấy ra và lắp bo mới',
          text: 'Các khe đã xong nằm dưới các phiếu. Lấy bo ra và lắp bo tiếp theo.',
        },
        slot: {
          title: 'Xem một khe',
          text: 'Chạm một ô: số sê-ri, các bước và nút mở ra cạnh các khe. Esc đóng lại. F4 hiện mọi khe thành danh sách.',
        },
        pause: {
          title: 'Tạm dừng',
          text: '“Tạm dừng chuyền” không nhận bo mới. Bo đang làm sẽ xong. “Tiếp tục” nhận bo lại.',
        },
        held: {
          title: 'Lô bị tạm giữ',
          text: 'Cùng một lỗi xảy ra nhiều lần liên tiếp. Tìm nguyên nhân trước khi lô tiếp tục. Giám sát cho tiếp tục.',
        },
        stopped: {
          title: 'Chuyền đã dừng',
          text: 'Có thứ ngoài bo mạch cản trở: khóa ký, ổ đĩa, đồng hồ, cổng. Phiếu đầu tiên nói là gì. Bo mạch trong khe vẫn an toàn.',
        },
        offline: {
          title: 'Ngoại tuyến',
          text: 'Chuyền không cần mạng. Đăng ký chờ ở trạm này và được gửi khi có đám mây lại. Số ở thanh trên cho biết bao nhiêu đang chờ.',
        },
        gone: {
          title: 'Trạm không phản hồi',
          text: 'Trạm tự khởi động lại. Để yên bo mạch: mỗi bo tiếp tục từ bước cuối đã ghi.',
        },
        power: {
          title: 'Sau khi mất điện',
          text: 'Bật máy tính và để yên bo mạch. Ô xanh thì đã ghi. Bo đang làm sẽ tiếp tục.',
        },
      },
      lots: {
        what: {
          title: 'Lô là gì',
          text: 'Một lệnh sản xuất: bao nhiêu bo, công thức nào, số sê-ri nào. Chưa mở lô ở bàn này thì không đụng đến bo mạch.',
        },
        open: {
          title: 'Mở một lô',
          text: 'Quét lệnh của nó ở Chuyền, hoặc chạm vào nó trong danh sách. Mỗi lúc chỉ mở một lô.',
        },
        hold: {
          title: 'Tạm giữ và tiếp tục',
          text: 'Lô tạm giữ không nhận bo mới. Bo đang làm sẽ xong, không mất gì.',
        },
        close: {
          title: 'Đóng một lô',
          text: 'Giám sát đóng lô khi các bo cuối đã lấy ra. Lô đã đóng thì đóng hẳn.',
        },
        who: {
          title: 'Ai được làm việc này',
          text: 'Kỹ thuật viên mở lô đã phát hành. Giám sát tạo lô, cho lô tạm giữ tiếp tục và đóng lô.',
        },
      },
      devices: {
        find: {
          title: 'Tìm một bo mạch',
          text: 'Mỗi bo mạch của trạm này có một bản ghi. Quét nó, hoặc gõ số sê-ri.',
        },
      },
      sync: {
        sum: {
          title: 'Không mất gì',
          text: 'Số làm ở đây bằng số đã lên đám mây, số chờ ở đây và số bị từ chối cộng lại.',
        },
      },
      'set-up': {
        draft: {
          title: 'Bản nháp tự lưu',
          text: 'Rời trang này lúc nào cũng được. Khi quay lại, những gì đã điền vẫn còn.',
        },
        serials: {
          title: 'Số sê-ri',
          text: 'Viết số đầu và số cuối. Hình vẽ cho thấy dải này cạnh các dải lô khác đã dùng. Một số không bao giờ cấp hai lần.',
        },
        spare: {
          title: 'Phế phẩm cho phép',
          text: 'Danh tính ngoài số lượng, cho bo bị mất. Khi dùng hết, chuyền yêu cầu lô mới.',
        },
        stop: {
          title: 'Dừng chuyền sau',
          text: 'Sau chừng ấy lỗi giống nhau liên tiếp, lô bị tạm giữ, để một chân mòn không làm hỏng trăm bo.',
        },
        ready: {
          title: 'Sẵn sàng phát hành?',
          text: 'Đĩa tròn là tốt. Tam giác có thể để sau. Bát giác phải sửa trước, và nói cách sửa. Sau đó phát hành lô.',
        },
      },
      settings: {
        who: {
          title: 'Ai thấy mục này',
          text: 'Giám sát và phụ trách bảo mật. Khóa của CA thuộc phụ trách bảo mật: chỉ họ mở, thử và đổi.',
        },
        signing: {
          title: 'Ký',
          text: 'Mỗi CA một phiếu: chuỗi của nó, còn hạn bao lâu, còn bao nhiêu lần ký. Khung đậm là CA ký bo mạch.',
        },
        unlock: {
          title: 'Mở khóa',
          text: 'Khóa trong tệp chờ cụm mật khẩu, khóa trong HSM chờ PIN của token. Cả hai gửi đến trạm và không lưu ở đâu. Mỗi lần nhập, PIN chỉ thử một lần.',
        },
        test: {
          title: 'Thử ký',
          text: 'CA ký một đoạn chữ ngẫu nhiên, không phải chứng chỉ, và trạm kiểm tra. Câu trả lời cho biết mất bao lâu.',
        },
        change: {
          title: 'Kích hoạt',
          text: 'CA dự phòng thay thế. Bo đã ghi dưới CA trước sẽ xong dưới CA đó.',
        },
        ports: {
          title: 'Cổng và khe',
          text: 'Nơi cắm bo mạch, và số khe khi lô bắt đầu. Lô đang ở chuyền giữ khe của nó.',
        },
      },
      'sign-in': {
        badge: {
          title: 'Quét thẻ của bạn',
          text: 'Kỹ thuật viên quét một lần là đăng nhập, ở mọi màn hình. Giám sát và phụ trách bảo mật nhập PIN sau đó. Thẻ khác đăng xuất bạn và đăng nhập chủ thẻ.',
        },
        pin: {
          title: 'Không có thẻ',
          text: 'Chọn tên bạn, rồi nhập PIN bằng chạm, bàn phím hoặc dán. Sai năm lần thì chờ 1 phút, hoặc quét thẻ.',
        },
        out: {
          title: 'Đăng xuất',
          text: 'Nhấn Ctrl+L, hoặc dùng menu sau tên bạn. Sau 15 phút không chạm, màn hình hỏi bạn còn đó không. Chuyền vẫn chạy, kết quả ghi cho người đã bắt đầu.',
        },
        prefer: {
          title: 'Ngôn ngữ, sáng, tối, âm thanh',
          text: 'Chúng ở menu sau tên bạn và theo bạn đến mọi bàn của trạm này.',
        },
        unknown: {
          title: 'Thẻ của bạn không được nhận ra',
          text: 'Nhờ phụ trách bảo mật thêm bạn.',
        },
      },
      'first-run': {
        steps: {
          title: 'Bảy bước',
          text: 'Chạm một bước để mở. Bước nào cũng bỏ qua được, trừ người dùng. Quay lại không mất gì.',
        },
        screen: {
          title: 'Cỡ màn hình',
          text: 'Chỉnh khung to bằng thẻ. Trên màn hình điểm ảnh nhỏ, mọi thứ được vẽ to hơn, để ngón tay đeo găng tìm đúng nút.',
        },
        scanner: {
          title: 'Máy quét',
          text: 'Hai lần quét chứng tỏ nó đủ nhanh và kết thúc bằng Enter. Nếu không có gì, đặt chế độ bàn phím, kiểu US, Enter sau mỗi mã.',
        },
        people: {
          title: 'Người dùng',
          text: 'Người đầu tiên là phụ trách bảo mật. Tên và PIN chỉ ghi vào trạm thật khi trạm mở, trước đó không ghi ở đâu.',
        },
        practice: {
          title: 'Luyện tập',
          text: 'Mọi thứ dưới dải tím là luyện tập: bo mạch giả, khóa thử, chứng chỉ thử. Bản ghi để riêng và không bao giờ gửi đi.',
        },
        faults: {
          title: 'Gây ra một lỗi',
          text: 'Rút bo ra, lắp sai kiểu, dùng một bo hai lần, ngắt mạng. Rồi đọc phiếu và làm theo.',
        },
        real: {
          title: 'Đến chuyền thật',
          text: 'Trạm được tạo theo những gì bạn đặt, và cửa sổ của nó mở. Phụ trách bảo mật đăng nhập ở đó.',
        },
      },
      signs: {
        three: {
          title: 'Màu, hình và chữ',
          text: 'Mỗi trạng thái có cả ba. Khi khó phân biệt màu, hãy nhìn hình.',
        },
        grey: {
          title: 'Xám là yên ổn',
          text: 'Chỉ bo gọi người mới tô kín ô bằng màu. Ngoại tuyến màu xám: đó không phải báo động.',
        },
      },
      keys: {
        letters: {
          title: 'Chữ và số',
          text: 'Riêng chúng không làm gì: máy quét gõ chúng. Nên phím bấm nhầm không khởi động gì.',
        },
        release: {
          title: 'Khi thả phím',
          text: 'Phím chức năng có tác dụng khi thả ra.',
        },
      },
      scanner: {
        anywhere: {
          title: 'Quét ở đâu cũng được',
          text: 'Không cần chọn ô nào. Phần đầu của mã quyết định nghĩa. Kết quả lần quét trước ở thanh dưới.',
        },
        gloves: {
          title: 'Khi đeo găng',
          text: 'Quét khe, rồi quét lệnh: khe đó thực hiện. NEXT đến bo tiếp theo cần bạn.',
        },
        refused: {
          title: 'Mã không hợp',
          text: 'Nó bị từ chối và được hiện ra, không có gì xảy ra. Quét mã đúng.',
        },
        silent: {
          title: 'Quét xong không hiện gì',
          text: 'Đặt máy quét ở chế độ bàn phím, kiểu US, Enter sau mỗi mã, không trễ giữa các phím.',
        },
      },
    },
    signs: {
      empty: 'Lắp bo mạch',
      looking: 'Có vật bên trong, chưa cho biết là gì',
      work: 'Đang làm. Số là bước',
      lock: 'Đang chốt. Không tháo ra',
      pass: 'Đạt và đã ghi. Lấy ra',
      fail: 'Không đạt. Đọc phiếu, làm một việc',
      need: 'Cần bạn. Đọc phiếu',
      held: 'Chờ chuyền tiếp tục',
      off: 'Đã tắt',
    },
    keyMap: {
      f1: { key: 'F1', does: 'Trợ giúp cho màn hình này' },
      f2: { key: 'F2', does: 'Chuyền' },
      f3: { key: 'F3', does: 'Lô' },
      f4: { key: 'F4', does: 'Danh sách khe, ô các khe' },
      f8: { key: 'F8', does: 'Cài đặt' },
      f9: { key: 'F9', does: 'Tạm dừng, tiếp tục' },
      f10: { key: 'F10', does: 'Bo tiếp theo cần bạn' },
      arrows: { key: 'Mũi tên, Home, End', does: 'Di chuyển giữa các khe' },
      enter: { key: 'Enter', does: 'Nút trên phiếu của khe, không thì chi tiết khe' },
      space: { key: 'Phím cách', does: 'Chi tiết của khe' },
      esc: { key: 'Esc', does: 'Trở lại, đóng. Không mất gì' },
      tab: { key: 'Tab', does: 'Phiếu, khe, thanh' },
      out: { key: 'Ctrl+L', does: 'Đăng xuất. Chuyền vẫn chạy' },
    },
    codes: {
      badge: 'Thẻ: đăng nhập, giám sát thêm PIN',
      slot: 'Khe: lệnh tiếp theo dành cho nó',
      command: 'Một lệnh trên thẻ lệnh',
      board: 'Bo mạch: đến khe của nó',
      order: 'Lệnh sản xuất, như in trên đó: mở lô của nó',
    },
    commands: {
      'TRY-AGAIN': 'Thử lại',
      'IN-THE-BIN': 'Bo mạch ở trong thùng',
      NEXT: 'Bo tiếp theo cần bạn',
      PAUSE: 'Tạm dừng, tiếp tục',
    },
  },
} as const;
