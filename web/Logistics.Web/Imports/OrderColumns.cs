using Logistics.Web.Orders;

namespace Logistics.Web.Imports;

/// <summary>One column an order file may have.</summary>
/// <param name="Synonyms">Headers it answers to, normalised by <see cref="HeaderMatcher.Normalise"/>; the most usual first.</param>
public sealed record OrderColumn(string Name, string LabelZh, string LabelEn, bool IsRequired, params string[] Synonyms);

/// <summary>The columns of order files and the names partners give them. See docs/api.md.</summary>
public static class OrderColumns
{
    public const string Partner = "partner", Waybill = "waybill", Hub = "hub", Epc = "epc", Size = "sizeClass", Weight = "weightGrams", Volume = "volumeMl",
        Dimensions = "dimensions", Length = "length", Width = "width", Height = "height", Pieces = "pieces", Handling = "handling", Damaged = "isDamaged", Priority = "priority", Release = "releaseAt", Day = "day",
        From = "promiseFrom", Until = "promiseUntil", Window = "promiseWindow", Name = "recipientName", Phone = "recipientPhone", Address = "recipientAddress", AddressDetail = "addressDetail",
        District = "district", Lon = "lon", Lat = "lat", Datum = "datum", Consent = "consentsToTerminal", Designated = "senderDesignatesTerminal",
        Agreement = "senderAgreesToLocker", Door = "door", DoorPreference = "doorPreferenceFen", Terminals = "terminals", TerminalPreference = "terminalPreferenceFen";

    public static IReadOnlyList<OrderColumn> All { get; } =
    [
        new(Partner, "合作企业", "Partner", false, "合作企业", "合作企业编码", "企业", "企业编码", "企业代码", "商家", "商家编码", "客户", "客户编码", "客户代码", "快递公司", "承运商", "品牌", "来源", "货主", "货主编码",
            "partner", "partnercode", "partnerid", "company", "carrier", "merchant", "shipper", "customer", "customercode", "client"),
        new(Waybill, "运单号", "Waybill", true, "运单号", "运单编号", "运单号码", "运单", "快递单号", "快递编号", "快递号", "快递运单号", "物流单号", "物流编号", "面单号", "运单编码", "包裹编号", "单号", "订单号", "订单编号", "包裹号", "快件号", "快件编号", "邮件号", "母单号", "承运单号", "物流运单号", "配送单号", "配送单", "送货单号", "出库单号", "条码",
            "waybill", "waybillno", "mailno", "mailnumber", "waybillnumber", "trackingnumber", "trackingno", "tracking", "orderno", "ordernumber", "orderid", "order", "parcelno", "parcelid", "barcode", "awb", "reference", "consignment", "consignmentno", "shipmentid", "shipmentno", "packageid", "packageno"),
        new(Name, "收件人", "Recipient", true, "收件人", "收件人姓名", "收货人", "收货人姓名", "姓名", "客户姓名", "联系人", "收件方", "收方", "客户名称", "收件人名称", "顾客", "顾客姓名", "到件方姓名",
            "recipientname", "recipient", "consignee", "consigneename", "receivername", "receiver", "name", "customername", "contactname", "contact"),
        new(Phone, "收件电话", "Phone", true, "收件电话", "收件人电话", "收件人手机", "收件人手机号", "收件人联系电话", "收货人电话", "收货人手机", "收货人手机号", "收货电话", "手机", "手机号", "手机号码", "电话", "电话号码", "联系电话", "联系方式", "收件人联系方式", "收方电话", "座机", "收方手机", "顾客电话", "顾客手机",
            "recipientphone", "phone", "phonenumber", "mobile", "mobilephone", "tel", "telephone", "consigneephone", "receiverphone", "contactphone", "contactnumber", "contactno", "cell", "cellphone"),
        new(Address, "收件地址", "Address", true, "收件地址", "收件人地址", "收件人详细地址", "收货地址", "收货人地址", "详细地址", "地址", "配送地址", "送货地址", "派送地址", "收件人住址", "住址",
            "recipientaddress", "address", "deliveryaddress", "consigneeaddress", "receiveraddress", "fulladdress", "street", "shippingaddress", "addr"),
        new(AddressDetail, "门牌号", "Address, rest", false, "门牌号", "门牌", "房号", "房间号", "楼栋单元", "楼层门牌", "地址2", "地址补充", "address2", "addressline2", "addr2", "street2", "apartment", "flat"),
        new(Lon, "经度", "Longitude", true, "经度", "收件经度", "收货经度", "东经", "经", "经纬度", "经纬度坐标", "收件经纬度", "收货经纬度", "坐标", "收件坐标", "收货坐标", "位置坐标", "定位", "坐标点", "x坐标", "lonlat", "lnglat", "coordinates", "coordinate", "coords", "location", "position", "geo", "lon", "lng", "long", "longitude", "x"),
        new(Lat, "纬度", "Latitude", true, "纬度", "收件纬度", "收货纬度", "北纬", "y坐标", "lat", "纬", "latitude", "y"),
        new(Datum, "坐标系", "Datum", false, "坐标系", "坐标类型", "坐标系统", "datum", "crs", "coordinatesystem", "coordsystem", "coordtype"),
        new(Size, "尺寸等级", "Size class", false, "尺寸等级", "规格", "格口规格", "箱型", "包裹大小", "大小", "件型", "尺寸类型", "尺寸规格", "sizeclass", "size", "parcelsize", "boxsize"),
        new(Weight, "重量", "Weight", true, "重量", "毛重", "实重", "重量克", "包裹重量", "计费重量", "货重", "件重", "总重", "weight", "wt", "wgt", "weightgrams", "grossweight", "parcelweight"),
        new(Volume, "体积", "Volume", true, "体积", "包裹体积", "体积毫升", "volume", "vol", "volumeml", "volumemillilitres", "parcelvolume"),
        new(Dimensions, "长宽高", "Length × width × height", false, "长宽高", "外形尺寸", "尺寸", "包装尺寸", "dimensions", "dimension", "dims", "lwh", "lxwxh", "lengthwidthheight"),
        new(Length, "长", "Length", false, "长", "长cm", "长mm", "长度", "包裹长", "length", "len"),
        new(Width, "宽", "Width", false, "宽", "宽cm", "宽mm", "宽度", "包裹宽", "width"),
        new(Height, "高", "Height", false, "高", "高cm", "高mm", "高度", "包裹高", "height"),
        new(Pieces, "件数", "Pieces", false, "件数", "包裹数", "包裹数量", "箱数", "总件数", "pieces", "pcs", "parcels", "parcelcount", "numberofparcels", "packages", "numberofpackages"),
        new(Handling, "物品类别", "Handling", false, "物品类别", "物品类型", "货物类型", "货物类别", "货品类别", "件类", "品类", "类别", "特殊属性", "温区", "温层", "储存温区", "存储条件", "handling", "handlingclass", "goodstype", "goodsclass", "category", "commoditytype"),
        new(Damaged, "是否破损", "Damaged", false, "是否破损", "破损", "外包装破损", "isdamaged", "damaged"),
        new(Day, "配送日期", "Day", false, "配送日期", "派送日期", "送货日期", "送达日期", "配送日", "派送日", "送货日", "送达日", "日期", "计划日期", "期望送达日期", "预约日期", "day", "date", "deliverydate", "serviceday", "deliveryday"),
        new(From, "最早送达", "Promise from", false, "最早送达", "最早送达时间", "送达开始", "送达开始时间", "承诺开始", "承诺开始时间", "配送开始时间", "期望开始时间", "预约开始时间", "时间窗开始", "开始时间", "最早时间",
            "promisefrom", "promisestart", "windowstart", "earliest", "from", "starttime", "deliveryfrom", "readytime", "timewindowstart"),
        new(Until, "最晚送达", "Promise until", false, "最晚送达", "最晚送达时间", "送达截止", "送达截止时间", "承诺截止", "承诺截止时间", "承诺结束", "承诺结束时间", "送达结束", "送达结束时间", "配送结束时间", "最迟送达", "承诺送达时间", "承诺时间", "配送截止时间", "期望结束时间", "预约结束时间", "时间窗结束", "结束时间", "截止时间", "最晚时间", "送达时限", "要求送达时间", "要求到达时间", "最晚到达时间", "要求到货时间", "最晚到货时间", "妥投时限", "配送时限", "派送时限",
            "promiseuntil", "promiseend", "windowend", "latest", "until", "endtime", "deliveryuntil", "duetime", "deadline", "timewindowend", "deliverby"),
        new(Window, "时间窗", "Promise window", false, "时间窗", "时段", "送达时间段", "配送时间段", "时间段", "预约时段", "配送时段", "承诺时段", "期望送达时间", "期望送达", "预计送达时间", "预约送达时间", "预约时间", "送达时间", "配送时间", "派送时间", "送货时间", "收货时间", "promisewindow", "window", "timewindow", "timeslot", "slot", "deliverywindow", "deliveryslot", "deliverytime", "expecteddelivery", "requesteddelivery", "eta"),
        new(Release, "到仓时间", "Ready at hub", false, "到仓时间", "可提货时间", "入库时间", "到达中心时间", "到件时间", "预计到仓", "预计到仓时间", "releaseat", "release", "releasetime", "readyat", "availableat", "arrivesathub"),
        new(Consent, "同意代收", "Consents to a terminal", false, "同意代收", "是否同意代收", "收件人同意代收", "同意投柜", "是否同意投柜", "同意入柜", "是否同意入柜", "同意放柜", "同意自提", "代收授权", "是否可放柜", "允许入柜", "是否允许入柜", "允许投柜", "是否允许投柜", "允许放柜", "可否入柜", "是否可入柜", "接受自提", "是否接受自提", "允许代收", "是否允许代收", "可否代收", "是否代收", "可代收",
            "consentstoterminal", "consent", "terminalconsent", "lockerconsent", "consentlocker", "allowlocker", "allowterminal"),
        new(Designated, "指定终端", "Terminal named by sender", false, "指定终端", "寄件人指定终端", "指定柜", "指定自提点", "指定代收点", "senderdesignatesterminal", "designatedterminal"),
        new(Agreement, "寄件方同意入柜", "Sender agrees to a locker", false, "寄件方同意入柜", "寄件人同意入柜", "寄件人约定", "寄件人约定入柜", "senderagreestolocker", "senderlockeragreement", "senderagreement"),
        new(Terminals, "可投终端", "Terminals", false, "可投终端", "终端", "终端编号", "终端编码", "自提点", "自提点编号", "柜号", "快递柜", "快递柜编号", "代收点", "代收点编号", "服务站", "驿站", "候选终端", "备选终端", "驿站编码", "驿站编号", "驿站代码", "自提柜", "自提柜编号", "智能柜编号", "柜机编号", "代收点编码", "自提点编码", "服务站编号",
            "terminals", "terminal", "terminalcode", "terminalid", "locker", "lockers", "lockercode", "pickuppoint", "pickuppoints"),
        new(TerminalPreference, "终端偏好成本", "Terminal preference cost", false, "终端偏好成本", "终端偏好", "terminalpreferencefen", "terminalcost"),
        new(Door, "可送上门", "Door allowed", false, "可送上门", "是否上门", "送货上门", "上门", "允许上门", "door", "homedelivery", "doordelivery", "allowdoor"),
        new(DoorPreference, "上门偏好成本", "Door preference cost", false, "上门偏好成本", "上门偏好", "doorpreferencefen", "doorcost"),
        new(Priority, "优先级", "Priority", false, "优先级", "priority", "urgency"),
        new(District, "区域", "District", false, "区域", "区县", "收件区", "收货区", "行政区", "片区", "街道", "district", "zone", "neighbourhood"),
        new(Hub, "配送中心", "Hub", false, "配送中心", "仓库", "网点", "中心", "分拨中心", "始发网点", "hub", "hubcode", "depot", "warehouse", "station"),
        new(Epc, "EPC", "EPC", false, "epc", "rfid", "sscc", "标签", "epc码", "rfid标签"),
    ];

    /// <summary>Columns without which no row of the file can be taken.</summary>
    /// <param name="lonCells">The first cells of the longitude's column: they may hold both coordinates.</param>
    public static IReadOnlyList<string> Missing(IReadOnlyDictionary<string, string?> mapping, bool hasPartner, IEnumerable<string?> lonCells)
    {
        bool IsMapped(params ReadOnlySpan<string> anyOf)
        {
            foreach (var name in anyOf) if (mapping.GetValueOrDefault(name) is not null) return true;
            return false;
        }

        var missing = new List<string>();
        if (!hasPartner && !IsMapped(Partner)) missing.Add(Partner);
        foreach (var name in (string[])[Waybill, OrderColumns.Name, Phone, Address, Weight])
        {
            if (!IsMapped(name)) missing.Add(name);
        }
        if (!IsMapped(Volume, Dimensions) && !(IsMapped(Length) && IsMapped(Width) && IsMapped(Height))) missing.Add(Volume);
        if (!IsMapped(Day, From, Until, Window)) missing.Add(Day);
        // Nobody drives to a recipient whose only options are terminals.
        if (IsMapped(Terminals, Designated)) return missing;
        var arePairs = lonCells.Any(c => FieldText.Clean(c) is { } text && FieldText.FindPlace(text) is not null);
        if (!IsMapped(Lon) && !(arePairs && IsMapped(Lat))) missing.Add(Lon);
        if (!IsMapped(Lat) && !arePairs) missing.Add(Lat);
        return missing;
    }

    private static readonly Dictionary<string, OrderColumn> ByName = All.ToDictionary(c => c.Name, StringComparer.Ordinal);

    public static OrderColumn? Find(string name) => ByName.GetValueOrDefault(name);
}
