"""Invented articles. Sentences that begin like boilerplate are among them on purpose."""

# ruff: noqa: E501 — paragraphs are kept on one line

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Story:
    """An article as it should come out of a page."""

    title: str
    lead: str
    body: tuple[str, ...]
    author: str
    day: date


STORIES = (
    Story(
        "Thị xã Bình Sơn: Ra quân nạo vét kênh mương trước vụ Đông Xuân",
        "Hơn 600 đoàn viên, hội viên và nông dân đã nạo vét 14 km kênh nội đồng chỉ trong hai ngày cuối tuần.",
        (
            "Ngày 12/11, Ủy ban nhân dân thị xã Bình Sơn phối hợp Xí nghiệp Thủy lợi số 3 tổ chức lễ ra quân làm thủy lợi nội đồng.",
            "Tổng khối lượng đào đắp ước đạt 9.800 m³, trong đó phần đất do các tổ hợp tác tự đảm nhận chiếm hơn 60%.",
            "“Xem nước về đều hai bờ là bà con yên tâm xuống giống”, ông Đinh Văn Khả, tổ trưởng tổ thủy nông thôn Đông, nói.",
            "Liên quan đến nguồn vốn, lãnh đạo thị xã cho biết ngân sách sẽ bố trí thêm 450 triệu đồng để cứng hóa đoạn kênh qua cánh đồng Bàu Sen.",
        ),
        "Thu Hà",
        date(2023, 11, 13),
    ),
    Story(
        "Hai xã vùng cao Mường Tung có điện lưới sau nhiều năm chờ đợi",
        "Đúng 17 giờ ngày 2/2, dòng điện quốc gia đã thắp sáng 214 hộ dân ở hai xã xa nhất huyện.",
        (
            "Công trình do Công ty Điện lực tỉnh làm chủ đầu tư, gồm 21,4 km đường dây trung áp và bảy trạm biến áp.",
            "Trả lời phóng viên, già làng Vừ A Dơ kể rằng cả bản đã thức đến khuya để xem chiếc ti vi đầu tiên.",
            "Hôm nay, các lớp học buổi tối cho người lớn bắt đầu mở lại tại điểm trường Pa Hu.",
            "Theo kế hoạch, trong năm nay ngành điện tiếp tục đưa điện đến 9 bản còn lại với tổng mức đầu tư 38,7 tỷ đồng.",
            "Nguồn nước phục vụ sinh hoạt cũng sẽ được bơm bằng điện thay cho máy nổ chạy dầu.",
        ),
        "Giàng Seo Phử",
        date(2024, 2, 3),
    ),
    Story(
        "Chợ phiên Nà Lạn họp lại sau khi sửa xong cầu tràn",
        "Sáng chủ nhật, gần 400 hộ buôn bán từ bốn xã đã trở lại khu chợ bên bờ suối Nà Lạn.",
        (
            "Cầu tràn bị lũ cuốn hồi tháng 8 được làm lại bằng bê tông cốt thép, dài 32 m, rộng 5 m, tổng kinh phí 2,1 tỷ đồng.",
            "Ban quản lý chợ đã kẻ lại vạch phân lô, lắp 12 họng nước chữa cháy và nhà để xe cho khoảng 300 phương tiện.",
            "Bình luận về chất lượng công trình, nhiều tiểu thương cho rằng mặt cầu cao hơn trước nên mưa vừa vẫn qua lại được.",
            "In dấu trong phiên chợ đầu tiên là tiếng khèn của nhóm thanh niên bản Khuổi Tào chào đón khách xa.",
        ),
        "Hoàng Én",
        date(2022, 12, 19),
    ),
    Story(
        "Khai giảng lớp xóa mù chữ cho 42 phụ nữ xã Ia Tul",
        "Lớp học kéo dài bốn tháng, mở vào các buổi tối tại nhà sinh hoạt cộng đồng buôn Bir.",
        (
            "Tối 6-3, Hội Liên hiệp Phụ nữ huyện phối hợp Đồn Biên phòng và Trường Tiểu học Ia Tul khai giảng lớp xóa mù chữ.",
            "Học viên lớn tuổi nhất là bà Ksor H’Blơi, 61 tuổi; người trẻ nhất vừa tròn 19 tuổi.",
            "Chia sẻ tại buổi lễ, cô giáo Nay H’Nguyệt mong các chị đi học đều để đọc được đơn thuốc, viết được tên con.",
            "Gửi lời cảm ơn các nhà hảo tâm, ban tổ chức cho biết mỗi học viên được tặng một đèn học, năm quyển vở và hộp bút.",
        ),
        "Rơ Châm Linh",
        date(2021, 3, 8),
    ),
    Story(
        "Bắt quả tang nhóm đối tượng khai thác cát trái phép trên sông Trà Bồng",
        "Ba tàu hút cùng 48 m³ cát bị tạm giữ trong đợt kiểm tra đột xuất lúc rạng sáng.",
        (
            "Khoảng 3 giờ ngày 27-5, tổ công tác Công an huyện phát hiện ba tàu vỏ sắt đang hút cát tại khu vực bến Đò Nghẹo.",
            "Tại thời điểm kiểm tra, các chủ tàu không xuất trình được giấy phép khai thác và hồ sơ nguồn gốc phương tiện.",
            "Giấy phép khai thác của doanh nghiệp liền kề đã hết hạn từ cuối năm ngoái nhưng chưa được gia hạn.",
            "Đăng ký lưu hành của một tàu còn bị tẩy xóa số máy; cơ quan điều tra đang củng cố hồ sơ để xử lý theo quy định.",
        ),
        "Trần Quốc Bảo",
        date(2020, 5, 28),
    ),
    Story(
        "Đại hội Hội Cựu chiến binh xã Cẩm Nhượng nhiệm kỳ 2022 - 2027",
        "Đại hội biểu quyết thông qua 8 chỉ tiêu chủ yếu và bầu ban chấp hành gồm 11 hội viên.",
        (
            "Trong nhiệm kỳ qua, hội viên hiến 1.260 m² đất mở đường, đóng góp 870 ngày công chỉnh trang nghĩa trang liệt sĩ.",
            "Phong trào giúp nhau làm kinh tế đưa số hộ hội viên khá, giàu từ 41% lên 63%; không còn hộ đói.",
            "Phát biểu chỉ đạo, đồng chí Bí thư Đảng ủy đề nghị hội quan tâm hơn nữa việc giáo dục truyền thống cho thế hệ trẻ.",
            "Thích nhất là mô hình “Tiếng kẻng an ninh”, nhiều đại biểu xã bạn đã đến học tập và làm theo.",
        ),
        "Phan Trâm",
        date(2022, 4, 21),
    ),
    Story(
        "Giá hồ tiêu nhích lên, nhà vườn Đức Bình vẫn thận trọng tái canh",
        "Sau chín năm xuống dốc, hồ tiêu tăng lên 118.000 đồng một kg song diện tích trồng mới không đáng kể.",
        (
            "Về xã Đức Bình những ngày này, không khí thu hoạch khá nhộn nhịp dù sản lượng chỉ bằng hai phần ba năm trước.",
            "Anh Y Thịnh Niê ở thôn 6 bán xong 1,8 tấn tiêu khô, trừ chi phí còn lãi gần 120 triệu đồng.",
            "Theo dõi thị trường nhiều năm, đại lý Bảy Hường khuyên bà con bán từng đợt, không nên găm hàng chờ giá.",
            "Phòng Nông nghiệp khuyến cáo trồng xen cà phê, sầu riêng, chỉ tái canh nơi đất đã xử lý tuyến trùng.",
        ),
        "Quang Vĩnh",
        date(2024, 3, 15),
    ),
    Story(
        "Tập huấn chuyển đổi số cho cán bộ thôn, tổ dân phố phường Hương Sơ",
        "96 trưởng thôn, tổ trưởng dân phố được hướng dẫn nộp hồ sơ qua mạng và thanh toán không dùng tiền mặt.",
        (
            "Từ ngày 8 đến 10/8, Trung tâm Chính trị thành phố mở ba lớp tập huấn kỹ năng số tại hội trường phường.",
            "Trực tuyến hay trực tiếp, học viên đều làm bài thực hành trên điện thoại của mình và được chấm điểm ngay.",
            "Tải ứng dụng, quét mã, tra cứu bản đồ quy hoạch là ba nội dung được hỏi nhiều nhất trong ngày đầu.",
            "Kết thúc khóa học, mỗi tổ công nghệ số cộng đồng nhận chỉ tiêu hỗ trợ ít nhất 30 hộ cài đặt tài khoản định danh.",
        ),
        "Minh Khuê",
        date(2023, 8, 11),
    ),
)
