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
        label: {
          title: 'Nhãn',
          text: 'Dán nhãn lên bo của nó, quét khe, rồi quét nhãn. Nếu nhãn là của bo khác, một phiếu báo điều đó. Không có máy in, bo vẫn đạt, nhãn của chúng chờ.',
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
        page: {
          title: 'Trang của một lô',
          text: 'Chạm một dòng trong danh sách. Các số ở trên cùng cộng lại bằng số lượng: mỗi bo nằm ở một chỗ, theo lần thử cuối. “Bảng” cạnh biểu đồ hiện số liệu của nó. Esc trở lại.',
        },
        explain: {
          title: 'Vì sao chậm, vì sao bo không đạt?',
          text: 'Dòng dưới các bước nói bước nào khác với lô trước. Các khe cạnh một nguyên nhân gây ra phần lớn: xem chân của chúng trước.',
        },
        close: {
          title: 'Đóng một lô',
          text: 'Giám sát đóng lô khi các bo cuối đã lấy ra, và nhập PIN thêm một lần. Danh sách nói lúc đó còn gì dở. Lô đã đóng thì đóng hẳn.',
        },
        report: {
          title: 'Báo cáo đã ký',
          text: 'Khi đóng lô, báo cáo, bảng, PDF và chữ ký được ghi vào thư mục báo cáo của trạm. Không ai sửa được mà không lộ: keyline report verify kiểm tra chúng. Báo cáo đến lúc này thì chưa ký.',
        },
        who: {
          title: 'Ai được làm việc này',
          text: 'Kỹ thuật viên mở lô đã phát hành. Giám sát tạo lô, cho lô tạm giữ tiếp tục và đóng lô.',
        },
      },
      devices: {
        find: {
          title: 'Tìm một bo mạch',
          text: 'Mỗi bo mạch của trạm này có một bản ghi. Quét nó, hoặc gõ phần đầu của số sê-ri hay mã phần cứng. Ở đâu nhấn Ctrl+K cũng đến đây. Chọn lô hoặc ngày thì danh sách ngắn lại.',
        },
        record: {
          title: 'Đọc một bản ghi',
          text: 'Bo là bo nào, thời gian đi đâu, đã xảy ra gì với nó, và bản ghi của nó ở đâu. Niêm phong nói bản ghi có còn như lúc ghi không: trạm tính lại mỗi lần.',
        },
        check: {
          title: 'Kiểm tra danh tính ngay',
          text: 'Bo ở khe bất kỳ ký một số ngẫu nhiên mới. Trạm so chữ ký đó với bản ghi. Không việc nào bắt đầu hay bị làm phiền. Bo không ở khe nào thì được hỏi khi nó đến.',
        },
        rework: {
          title: 'Làm lại',
          text: 'Trước khi chốt, bo có thể làm thêm một lần: những gì nó có thành vô hiệu, số sê-ri giữ nguyên, và nó nhận khóa mới khi được lắp vào. Danh tính đã chốt không bao giờ đổi.',
        },
        scrap: {
          title: 'Loại bỏ và thu hồi',
          text: 'Bo đã loại bỏ không khe nào nhận nữa. Danh tính còn hiệu lực của nó giữ hiệu lực đến khi phụ trách bảo mật thu hồi, và người thứ hai xác nhận bằng PIN của họ.',
        },
      },
      sync: {
        sum: {
          title: 'Không mất gì',
          text: 'Số làm ở đây bằng số đã lên đám mây, số chờ ở đây và số bị từ chối cộng lại. Nếu có lúc không bằng, trang này nói ra: dừng lại và gọi bảo mật.',
        },
        offline: {
          title: 'Ngoại tuyến',
          text: 'Cứ làm tiếp. Những gì làm ra được lưu ở đây và tự gửi đi. “Thử ngay” hỏi đám mây ngay. Không có mạng thì mang bằng tệp: ghi những gì chờ vào USB, rồi đọc biên nhận mang về.',
        },
        refused: {
          title: 'Bị đám mây từ chối',
          text: 'Mỗi bo có một nút, và các bo sau nó không phải chờ. “So sánh” cho xem bo ở mọi nơi. Lô vẫn mở cho đến khi các xung đột được quyết định.',
        },
        reconcile: {
          title: 'Đối chiếu',
          text: 'Trạm và đám mây cạnh nhau, trong ba danh sách: chỉ ở đây, chỉ trên đám mây, khác nhau. Phụ trách bảo mật quyết định từng dòng.',
        },
        copies: {
          title: 'Bản sao',
          text: 'Bản sao được tính khi đã đọc lại và nằm trên ổ đĩa khác. Giám sát đặt thư mục đó; ai cũng được sao chép ngay.',
        },
        journal: {
          title: 'Nhật ký kiểm toán',
          text: 'Ai đã làm gì, mới nhất ở trên. Tìm bo theo số sê-ri, người theo tên, hoặc một lô. “Nguyên vẹn” nghĩa là vừa kiểm tra cả chuỗi. Phụ trách bảo mật xuất nhật ký, có chữ ký của trạm.',
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
        labels: {
          title: 'Nhãn',
          text: 'Cỡ nào, và máy in ở đâu. Nhãn được in khi bo đạt, không bao giờ in trước. Hãy in nhãn thử trước. Thẻ lệnh, nhãn khe và phiếu theo lô in trên giấy thường.',
        },
        ports: {
          title: 'Cổng và khe',
          text: 'Nơi cắm bo mạch, và số khe khi lô bắt đầu. Lô đang ở chuyền giữ khe của nó.',
        },
        teach: {
          title: 'Gán khe',
          text: 'Cho biết đồ gá đặt thế nào, rồi lắp một bo lần lượt vào từng khe theo màn hình. Mỗi cổng gắn cố định với khe của nó, dù máy tính cho nó số nào. “Bỏ qua khe này” để khe không có cổng, “Trở lại” hỏi khe trước. Sơ đồ cũ còn hiệu lực đến khi dùng sơ đồ mới.',
        },
        unknown: {
          title: 'Cổng lạ',
          text: 'Có bo ở một cổng không thuộc khe nào của bàn đã gán. Không đụng đến nó. Lấy ra, hoặc gán lại các khe.',
        },
        cloud: {
          title: 'Đám mây',
          text: 'Dịch vụ bảo mật, trạm này còn ghi danh ở đó bao lâu, và lần thử gần nhất ra sao. “Thử” hỏi dịch vụ và không gửi gì.',
        },
        recipes: {
          title: 'Công thức',
          text: 'Phụ trách bảo mật nhập công thức bằng đường dẫn của tệp; ảnh firmware nằm cạnh nó. Trạm kiểm tra cả hai như một lô sẽ làm, và nói chỗ nào không hợp.',
        },
        people: {
          title: 'Người dùng',
          text: 'Phụ trách bảo mật thêm người, cấp vai trò, thẻ hoặc PIN mới, và xóa họ. Người đã xóa không còn tên trong bản ghi nào của trạm này; việc họ đã làm vẫn còn. Phụ trách bảo mật cuối cùng không xóa được.',
        },
        trace: {
          title: 'Theo dõi trực tiếp',
          text: 'Những gì qua cáp của một khe, kèm ý nghĩa. “Dừng hình” giữ yên trang, khe vẫn chạy. “Lưu” ghi tất cả những gì còn giữ của khe. Khóa, nonce và firmware không bao giờ hiện ra.',
        },
        heat: {
          title: 'Một khe lỗi nhiều hơn khe khác',
          text: 'Chân mòn trông như bo hỏng. Khe nổi bật được nêu tên: xem chân và cáp của nó, hoặc tắt nó.',
        },
        support: {
          title: 'Tệp cho hỗ trợ',
          text: 'Kiểm tra, số đếm, lỗi gần đây và phần cuối nhật ký trong một tệp, không có khóa, thẻ và tên.',
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
      f6: { key: 'F6', does: 'Thiết bị' },
      f8: { key: 'F8', does: 'Cài đặt' },
      f9: { key: 'F9', does: 'Tạm dừng, tiếp tục' },
      f10: { key: 'F10', does: 'Bo tiếp theo cần bạn' },
      arrows: { key: 'Mũi tên, Home, End', does: 'Di chuyển giữa các khe' },
      enter: { key: 'Enter', does: 'Nút trên phiếu của khe, không thì chi tiết khe' },
      space: { key: 'Phím cách', does: 'Chi tiết của khe' },
      esc: { key: 'Esc', does: 'Trở lại, đóng. Không mất gì' },
      tab: { key: 'Tab', does: 'Phiếu, khe, thanh' },
      print: { key: 'Ctrl+P', does: 'In nhãn của khe, hoặc mọi nhãn đang chờ' },
      find: { key: 'Ctrl+K', does: 'Tìm một bo mạch' },
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
